"""What identity refuses."""

from sokoni.kernel.errors import Conflict, Forbidden, Unauthorized


class EmailTaken(Conflict):
    """There is an account with this e-mail address already"""


class InvalidCredentials(Unauthorized):
    """The e-mail address or the password is not right"""


class InvalidRefreshToken(Unauthorized):
    """The refresh token is not valid (any more); sign in again"""


class RefreshTokenUsed(Conflict):
    """The refresh token has just been exchanged; go on with the new one"""


class WrongPassword(Forbidden):
    """The current password is not right"""


class WrongAdminSecret(Forbidden):
    """The administrator secret is not right, or none is configured"""


class AdministratorExists(Conflict):
    """The shop has an administrator already, who can make others"""


class LastAdministrator(Conflict):
    """The shop needs an active administrator; make another one first"""


class MoreThanYours(Forbidden):
    """This touches permissions that you do not have yourself"""


class RoleNameTaken(Conflict):
    """There is a role with this name already"""


class RoleInUse(Conflict):
    """Somebody has this role; take it away from them first"""


class BuiltInRole(Conflict):
    """The built-in role cannot be changed"""


class TooManyAddresses(Conflict):
    """The address book is full; delete an address first"""
