"""The comment under a pull request: what the engine would do, in the words of people who are told of alerts."""
