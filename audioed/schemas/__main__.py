"""Make the JSON Schema files anew from the model."""

import json

from audioed.schemas import schemas

for path, schema in schemas():
    path.write_text(json.dumps(schema, ensure_ascii=False, indent=1, sort_keys=True) + "\n", "utf-8")
