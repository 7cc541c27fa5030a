"""The blocks of the documents that need a tool of their own run, and print what is shown below them."""

import pytest

from builder.package.documentation import CodeBlock, blocks, documents

BLOCKS = [block for path in documents() for block in blocks(path, for_clients=True)]


@pytest.mark.client
@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: f"{block.path.name}-line-{block.line}")
def test_a_block_runs_and_prints_what_is_shown_below_it(block: CodeBlock) -> None:
    assert block.run() == block.output
