"""Decodes records with nothing but Python's standard library: what a data team's notebook does, with no code of this project.

Reads the lines that WireReader.java wrote (one JSON object per record, the value's bytes in base64), decodes the Avro again from the bytes
and the registry's schema, and writes lines of the same form. Text is decoded strictly, as Python does by itself.

Usage: wire_reader.py REGISTRY_URL < lines
"""
import base64
import json
import struct
import sys
import urllib.request

PREFIX = struct.Struct(">bI")  # Confluent wire format: a zero byte, the schema's id


class Reader:
    """Avro binary, from its specification (1.11): zigzag longs, length-prefixed text, blocks of arrays and maps."""

    def __init__(self, data, named):
        self.data, self.at, self.named = data, 0, named

    def long(self):
        value, shift = 0, 0
        while True:
            byte = self.data[self.at]
            self.at += 1
            value |= (byte & 0x7F) << shift
            if byte < 0x80:
                return (value >> 1) ^ -(value & 1)
            shift += 7

    def text(self):
        length = self.long()
        self.at += length
        return self.data[self.at - length : self.at].decode("utf-8")

    def blocks(self, item):
        items = []
        while True:
            count = self.long()
            if count == 0:
                return items
            if count < 0:
                self.long()  # size of the block in bytes
            items += [item() for _ in range(abs(count))]

    def value(self, schema):
        if isinstance(schema, list):
            return self.value(schema[self.long()])
        kind = schema["type"] if isinstance(schema, dict) else schema
        if kind == "null":
            return None
        if kind == "boolean":
            self.at += 1
            return self.data[self.at - 1] == 1
        if kind in ("int", "long"):
            return str(self.long())
        if kind == "string":
            return self.text()
        if kind == "array":
            return self.blocks(lambda: self.value(schema["items"]))
        if kind == "map":
            pairs = self.blocks(lambda: [self.text(), self.value(schema["values"])])
            return sorted(pairs, key=lambda pair: pair[0].encode("utf-16-be"))  # as Java and JavaScript compare
        record = schema if kind == "record" else self.named[kind]
        return [self.value(field["type"]) for field in record["fields"]]


def named_types(schema, namespace, into):
    """Full name -> record, for every record that is written out in the schema."""
    for part in schema if isinstance(schema, list) else [schema]:
        if not isinstance(part, dict):
            continue
        if part["type"] == "record":
            namespace = part.get("namespace", namespace)
            into[f"{namespace}.{part['name']}"] = part
            for field in part["fields"]:
                named_types(field["type"], namespace, into)
        for inner in ("items", "values"):
            named_types(part.get(inner, "null"), namespace, into)
    return into


def main(registry):
    schemas = {}
    for line in sys.stdin:
        record = json.loads(line)
        data = base64.b64decode(record["bytes"]) if "schemaId" in record else None
        if data is None:
            continue
        zero, number = PREFIX.unpack_from(data)
        if number not in schemas:
            with urllib.request.urlopen(f"{registry}/schemas/ids/{number}", timeout=10) as response:
                schema = json.loads(json.load(response)["schema"])
            schemas[number] = (schema, named_types(schema, None, {}))
        schema, named = schemas[number]
        reader = Reader(data[PREFIX.size :], named)
        value, problems = None, []
        try:
            value = reader.value(schema)
            if zero != 0 or reader.at != len(reader.data):
                problems.append("the value is not exactly one record behind Confluent's prefix")
        except UnicodeDecodeError as error:
            problems.append(f"a text is not UTF-8: {error.reason}")
        where = {name: record[name] for name in ("topic", "partition", "offset")}
        print(json.dumps({**where, "value": value, "problems": problems}))


main(sys.argv[1])
