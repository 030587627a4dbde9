"""Who somebody is and what they may do: accounts, sessions, roles, server keys, address books.

Invariants:
- an e-mail address belongs to one account, in lower case;
- a refresh token is exchanged once; sent again later it ends its whole session;
- a password counts only while it is the stored one: signing in re-checks it under the user's row;
- nobody grants, takes away or edits permissions that they do not hold themselves;
- there is always an active administrator once there has been one.

Passwords are hashed outside any transaction. Whether a session is revoked, a user active and what
they may do is read at every request, so that changes act at once.

Lock order: `identity.administrators` (advisory) → `identity.addresses` (advisory, per user) →
users → refresh_tokens → sessions → roles.
"""
