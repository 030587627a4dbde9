"""An import-linter contract: a module is entered by its doors."""

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class DoorsContract(Contract):
    """Other modules import only a module's `doors`. `open_modules` have no walls; `residents`
    compose the others and may look anywhere.
    """

    root = fields.StringField()
    doors = fields.SetField(subfield=fields.StringField())
    open_modules = fields.SetField(subfield=fields.StringField())
    residents = fields.SetField(subfield=fields.StringField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:  # noqa: FBT001
        broken = [
            f"{importer} -> {imported}"
            for importer in graph.modules
            for imported in graph.find_modules_directly_imported_by(importer)
            if not self._allows(importer, imported)
        ]
        return ContractCheck(kept=not broken, metadata={"broken": sorted(broken)})

    def render_broken_contract(self, check: ContractCheck) -> None:
        for line in check.metadata["broken"]:
            output.print_error(line, bold=False)

    def _allows(self, importer: str, imported: str) -> bool:
        source, target = self._inside(importer), self._inside(imported)
        if not source or not target or source[0] == target[0]:
            return True
        if source[0] in self.residents or target[0] in self.open_modules:  # type: ignore[operator]
            return True
        return len(target) > 1 and target[1] in self.doors  # type: ignore[operator]

    def _inside(self, name: str) -> list[str]:
        """`sokoni.cart.service` → `[cart, service]`; nothing for what is not ours."""
        root, *path = name.split(".")
        return path if root == str(self.root) else []
