package io.pagestream.analyzers.money;

import io.pagestream.analyzers.chars.TextRuleContract;

final class EthereumRuleTest extends TextRuleContract {
  EthereumRuleTest() {
    super(
        "money",
        "ethereum-address",
        """
        «0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed»
        to «0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359».
        {"wallet":"«0xd8da6bf26964af9d7eed9e03e53415d37aa96045»"}
        ETH address: «0xD8DA6BF26964AF9D7EED9E03E53415D37AA96045»
        """,
        """
        0x5AAeb6053F3E94C9b9A09f33669435E7Ef1BeAed
        0xd8da6bf26964af9d7eed9e03e53415d37aa96045
        address 0x0000000000000000000000000000000000000000
        0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed0
        x0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed
        """);
  }
}
