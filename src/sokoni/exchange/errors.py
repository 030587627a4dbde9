"""What imports refuse as a whole; what is wrong with a row is a `problems.Problem`."""

from sokoni.kernel.errors import Conflict, Invalid


class NotAProductFile(Invalid):
    """This file cannot be read as products"""


class UnknownLocation(Invalid):
    """There is no such stock location"""


class ImportEnded(Conflict):
    """The import has ended already"""


class ImportTaken(Conflict):
    """Another process is working on this import"""
