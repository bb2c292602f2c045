package io.pagestream.analyzers.identifiers;

import io.pagestream.analyzers.chars.TextRuleContract;

final class PhoneRuleTest extends TextRuleContract {
  PhoneRuleTest() {
    super(
        "identifiers",
        "phone",
        """
        tel:«+4930123456»
        «+1-202-555-0143»
        «+1 (202) 555-0143»
        «+44 20 7946 0958»
        "«+12025550143»"
        TEL;TYPE=cell:«+49 151 23456789»
        Phone: «202-555-0143»
        «(202) 555-0143»
        Fax: «202.555.0143»
        call «1-202-555-0143» now
        "homePhone":"«202-555-0143»"
        """,
        """
        202-555-0143
        (202) 555-01434
        tel 202-911-0143
        Intel 202-555-0143
        +0200
        +1234567
        +12345678
        x+12025550143
        +1 202 555
        +123456789012345678
        +11111111111
        2024-05-12 555-0143
        +1.5 +2.25
        +210 12
        """);
  }
}
