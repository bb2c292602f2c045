package io.pagestream.analyzers.money;

import io.pagestream.analyzers.chars.TextRuleContract;

final class IbanRuleTest extends TextRuleContract {
  IbanRuleTest() {
    super(
        "money",
        "iban",
        """
        «DE89370400440532013000»
        IBAN: «DE89 3704 0044 0532 0130 00», BIC
        «GB82 WEST 1234 5698 7654 32»
        "«GB82WEST12345698765432»"
        «FR1420041010050500013M02606»;
        «NL91ABNA0417164300»
        «NO9386011117947».
        «MT84MALT011000012345MTLCAST001S»
        iban=«BE68539007547034»&x
        «RU8404452522540702810412345678901»
        """,
        """
        DE89370400440532013001
        DE8937040044053201300
        DE893704004405320130000
        XX89370400440532013000
        aDE89370400440532013000
        DE89 37040044 0532013000
        GB82WEST1234569876543A
        DE893704004405320130AB
        """);
  }
}
