package io.pagestream.analyzers.money;

import io.pagestream.analyzers.chars.TextRuleContract;

final class BitcoinRuleTest extends TextRuleContract {
  BitcoinRuleTest() {
    super(
        "money",
        "bitcoin-address",
        """
        «1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa»
        bitcoin:«3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy»?amount=1
        "«1111111111111111111114oLvT2»"
        «bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4»
        «BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4»
        «bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0»,
        «bc1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3qccfmv3»
        """,
        """
        1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb
        x1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa
        1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNaa
        bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5
        bc1qw508d6qejxtdg4y5r3zarvary0c5xw7Kv8f3t4
        bc1p38j9r5y49hruaue7wxjce0updqjuyyx0kh56v8s25huc6995vvpql3jow4
        bc1pw5dgrnzv
        """);
  }
}
