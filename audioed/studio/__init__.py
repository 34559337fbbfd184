"""
The studio: a page on which an edition is heard, corrected and approved, and the actions behind it.

    desk        what all of them share; it holds nothing that is not in the show's files
    actions     everything that can be done, in a table: REST, OpenAPI and assistants are views of it
    editions    which there are        script       one of them, as its author sees it
    editing     sentences              rewriting    scripts that are written anew
    choosing    pieces of articles     saying       how words sound
    hearing     a sentence at once     speaking     which voices there are
    difference  what would change      approving    made, verified, published, sent, undone
    looking     recordings, pictures   tonight      what the next night reads
    settings    with their help        work         what takes longer
    events      what happens, told to pages
    guard       who may come in        app          routes
    assistants  the same actions, as tools
"""
