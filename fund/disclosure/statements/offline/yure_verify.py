#!/usr/bin/env python3
"""Checks downloaded statements of a Yure board, offline and without trusting the board.

    python yure_verify.py data.json [CODE]        one statement, with the check code from the paper
    python yure_verify.py a.json b.json [CODE]    several, and that each follows on the one before; the newest one's code

Ends with 0 and PASS, or with 1, FAIL and the place. Needs Python alone.
"""

import hashlib
import json
import sys

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


class Failure(Exception):
    """What is wrong, and where."""


def sha256(text):
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def canonical(value):
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def code_of(digest):
    bits = int(digest[:25], 16)
    letters = "".join(ALPHABET[bits >> 5 * place & 31] for place in range(19, -1, -1))
    return "-".join(letters[start : start + 4] for start in range(0, 20, 4))


def bare(code):
    return "".join(letter for letter in code.upper() if letter.isalnum())


def read(path):
    try:
        with open(path, encoding="utf-8") as file:
            data = json.load(file)
        return data, data["document"], data["line_digests"], data["names"]
    except OSError as error:
        raise Failure(f"the file cannot be opened ({error.strerror})") from None
    except (ValueError, KeyError, TypeError):
        raise Failure("the file is not a statement of a Yure board, or was cut off") from None


def check(path):
    """The document of a file that is right; Failure names the first place that is not."""
    data, document, line_digests, names = read(path)
    try:
        check_lines(document["lines"], line_digests)
        check_sums(document)
        check_names(document["lines"], names)
        digest = sha256(canonical(document))
        if digest != data["digest"]:
            raise Failure("header: a word or a figure outside the rows was changed")
        if bare(data["short_code"]) != bare(code_of(digest)):
            raise Failure(f"check code: the file says {data['short_code']}, its content gives {code_of(digest)}")
    except Failure:
        raise
    except (KeyError, TypeError, ValueError, AttributeError, IndexError):
        raise Failure("a part of the statement is missing or of another kind") from None
    return document, digest


def check_lines(lines, line_digests):
    for place, line in enumerate(lines):
        expected = line_digests[place] if place < len(line_digests) else None
        digest = sha256(canonical(line))
        if digest != expected:
            if digest in line_digests:
                raise Failure(f"row {place + 1} (entry {line['no']}): rows were dropped, added or swapped here")
            raise Failure(f"row {place + 1} (entry {line['no']}): a figure or a word was changed")
    if len(lines) != len(line_digests):
        raise Failure(f"after row {len(lines)}: {len(line_digests) - len(lines)} row(s) are missing")


def check_sums(document):
    sums, accounts = {"income": 0, "expense": 0}, {}
    for line in document["lines"]:
        sums[line["side"]] += line["fen"]
        key = (line["side"], line["account"])
        accounts[key] = accounts.get(key, 0) + line["fen"]
    for side, total in sums.items():
        if document[side] != total:
            raise Failure(f"total of {side}: the rows add up to {total} fen, the total says {document[side]}")
    for account in document["accounts"]:
        if accounts.pop((account["side"], account["code"]), None) != account["fen"]:
            raise Failure(f"total of {account['label']}: the rows add up to another sum")
    if accounts:
        raise Failure("totals by kind: one of them is missing")
    if document["opening"] + document["income"] - document["expense"] != document["closing"]:
        raise Failure("opening + income - spending is not the closing balance")


def check_names(lines, names):
    committed = {(line["no"], place): hashes for line in lines for place, hashes in enumerate(line["names"])}
    for name in names:
        place = (name["line"], name["position"])
        if place not in committed:
            raise Failure(f"entry {name['line']}: a name stands where the statement has none")
        shown = [(name["masked_salt"], name["masked"])]
        if name.get("full"):
            shown.append((name["full_salt"], name["full"]))
        for salt, text in shown:
            if sha256(f"{salt}|{text}") not in committed[place]:
                raise Failure(f"entry {name['line']}, name {name['position'] + 1} ({text}): another name was put in")
        del committed[place]
    if committed:
        line, place = sorted(committed)[0]
        raise Failure(f"entry {line}, name {place + 1}: the name is missing")


def check_code(code, digest):
    if code and bare(code) != bare(code_of(digest)):
        raise Failure(f"check code: the paper says {code}, this file gives {code_of(digest)}")


def check_chain(ordered):
    """Each statement names the digest of the one before and opens with its closing balance."""
    for (before, digest), (after, _digest) in zip(ordered, ordered[1:]):
        if before["pot"]["code"] != after["pot"]["code"]:
            raise Failure(f"chain: {before['number']} and {after['number']} belong to different pots")
        if after["sequence"] != before["sequence"] + 1:
            raise Failure(f"chain: a statement is missing between {before['number']} and {after['number']}")
        if after["previous"]["digest"] != digest:
            raise Failure(f"chain: {after['number']} does not follow on this {before['number']}")
        if after["corrects"] is None and after["opening"] != before["closing"]:
            raise Failure(f"chain: {after['number']} does not open with the closing balance of {before['number']}")


def main(arguments):
    if not arguments or arguments[0] in {"-h", "--help"}:
        print(__doc__)
        return 0 if arguments else 2
    code = "" if len(arguments) < 2 or arguments[-1].lower().endswith(".json") else arguments[-1]
    checked = []
    for path in arguments[:-1] if code else arguments:
        try:
            document, digest = check(path)
            if code and len(arguments) == 2:
                check_code(code, digest)
        except Failure as failure:
            print(f"FAIL {path}: {failure}")
            return 1
        checked.append((document, digest))
        print(f"PASS {document['number']}  {code_of(digest)}")
    try:
        checked.sort(key=lambda item: item[0]["sequence"])
        check_chain(checked)
        check_code(code, checked[-1][1])
    except Failure as failure:
        print(f"FAIL {failure}")
        return 1
    except (KeyError, TypeError):
        print("FAIL chain: a file does not say where in the chain it stands")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
