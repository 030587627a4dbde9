"""The pages of the shop, rendered inside this process, and the files of both applications.

An address becomes a `Page`: its status, what was read for it and what its head says. The same code
that runs in the browser turns that into markup (`render`); where it cannot, the browser does. The
HTML of a page holds nothing of a person, so it is kept, compressed, until what it shows changes.

Invariants
- Pages read through the doors that the API reads through, and never write.
- Texts of the shop reach a page escaped: as JSON without `<`, or by `html.escape`.
- No inline script or style runs but those whose hashes are in the policy.
"""
