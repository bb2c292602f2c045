package io.pagestream.analyzers.identifiers;

import io.pagestream.analyzers.chars.TextRuleContract;

final class MacRuleTest extends TextRuleContract {
  MacRuleTest() {
    super(
        "identifiers",
        "mac-address",
        """
        ether «52:54:00:ab:cd:ef» txqueuelen
        HWaddr «00-1B-63-84-45-E6»
        «de:ad:be:ef:00:01»,
        "mac":"«aa:bb:cc:11:22:33»"
        lladdr «00:16:41:12:34:56»
        """,
        """
        00:00:00:00:00:00
        ff:ff:ff:ff:ff:ff
        52:54:00:ab:cd:ef:01:02
        52:54:00:ab:cd
        52:54:00-ab:cd:ef
        2a:52:54:00:ab:cd:ef
        fe80:52:54:00:ab:cd:ef
        a52:54:00:ab:cd:ef
        20-11-12-10-11-12
        52:54:00:ab:cd:efg
        2001:db8:52:54:00:ab:cd:ef
        """);
  }
}
