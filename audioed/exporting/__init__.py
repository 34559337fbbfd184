"""An episode in other forms that listeners keep: a book that reads itself aloud."""
