package io.pagestream.analyzers.text;

import io.pagestream.analyzers.chars.TextRuleContract;

final class Ipv6RuleTest extends TextRuleContract {
  Ipv6RuleTest() {
    super(
        "text",
        "ipv6",
        """
        «2001:db8:dead:beef::42»
        ipv6 «2001:db8:85a3::8a2e:370:7334» fe80::1ff:fe23:4567:890a
        «fe80::1ff:fe23:4567:890a»%eth0
        http://[«2001:db8::1»]:80/
        «2001:db8:0:0:8:800:200c:417a».
        «2001:db8::»/32
        addr:«fd00::1:2»
        «2001:db8::192.0.2.33»
        («FF02::1»)
        «2001:0db8:0000:0042:0000:8a2e:0370:7334»
        """,
        """
        ::1
        std::abc
        52:54:00:ab:cd:ef
        2023:01:01 12:00:00
        2001:db8::1::2
        2001:db8:1:2:3:4:5:6:7
        2001:db8:1:2:3:4:5
        x2001:db8::1
        2001:db8::12345
        face::b00c
        feed:1::2
        ffff::1
        0000:00:02.0
        2000:3::4g
        20:01:0d:b8:00:00:00:01
        """);
  }
}
