"""The operators of page contents and what stands before each (ISO 32000-1, Annex A)."""

from collections.abc import Callable, Mapping
from typing import Any

from atlas_print.prove.pdf.lexer import Name

# Before an operator: n a number, N a name, s a string, a an array, p a name or a dictionary, * anything.
_SIGNATURES = {
    "": "b B b* B* BI BT BX EI EMC ET EX f F f* h n q Q s S T* W W*",
    "n": "g G i j J M Tc TL Tr Ts Tw Tz w",
    "nn": "d0 l m Td TD",
    "nnn": "rg RG",
    "nnnn": "k K re v y",
    "nnnnnn": "c cm d1 Tm",
    "N": "BMC cs CS Do gs MP ri sh",
    "Nn": "Tf",
    "Np": "BDC DP",
    "an": "d",
    "s": "Tj '",
    "nns": '"',
    "a": "TJ",
    "*": "ID sc SC scn SCN",
}
_OF_OPERATOR = {operator.encode(): signature for signature, words in _SIGNATURES.items() for operator in words.split()}
_IS: Mapping[str, Callable[[Any], bool]] = {
    "n": lambda operand: isinstance(operand, float),
    "N": lambda operand: isinstance(operand, Name),
    "s": lambda operand: isinstance(operand, bytes),
    "a": lambda operand: isinstance(operand, list) and all(isinstance(item, bytes | float) for item in operand),
    "p": lambda operand: isinstance(operand, Name | dict),
}


def is_wellformed(operator: bytes, operands: list[Any]) -> bool:
    """Whether the operator is one of PDF's, with the operands that it takes and no others.

    What isn't, viewers pass over in ways of their own: one shows the words behind it, another doesn't.
    """
    signature = _OF_OPERATOR.get(operator)
    if signature is None or signature == "*":
        return signature is not None
    return len(operands) == len(signature) and all(
        _IS[kind](operand) for kind, operand in zip(signature, operands, strict=True)
    )
