"""What a resident finds across the whole board: public lines only."""


def asked_for(request):
    """The words of `?q=`, without control characters, 60 characters at most."""
    words = "".join(letter for letter in request.GET.get("q", "") if letter.isprintable())
    return " ".join(words.split())[:60]


def found_for(query):
    return []
