package io.pagestream.analyzers.text;

final class Ipv4RuleTest extends TextRuleContract {
  Ipv4RuleTest() {
    super(
        "ipv4",
        """
        «192.0.2.142»:4444
        "pool":"«203.0.113.5»:3333"
        ipv4 «198.51.100.23» 203.0.113.199
        http://«10.20.30.40»/
        server «10.0.0.1».
        «10.0.0.0»/8
        10.0.0.1-«10.0.0.9»
        host/«10.0.0.1»:80
        /«10.0.0.1»
        ::ffff:«192.0.2.1»
        dns «8.8.8.8», «1.0.0.1»
        ping «5.188.86.172»
        a=«127.0.0.1»
        «4.6.85.25»:80
        Failed password for root from «5.45.72.9» port 4242
        \tinet «2.17.22.9» netmask 255.255.255.0
        inet addr:«5.9.22.7»  Bcast:
        Received: from mx ([«23.20.10.5»]) by y
        postfix/smtpd: connect from unknown[«5.9.22.7»]
        {"ip":"«5.9.22.7»"}
        "clientIp": "«5.9.22.7»"
        remote_addr=«5.9.22.7»
        X-Forwarded-For: «5.9.22.7»
        «5.9.22.7» - - [01/Jan/2026
        nameserver «5.9.22.7»
        Connection closed by «5.9.22.7»
        """,
        """
        256.1.1.1
        1.2.3
        192.0.2.142.7
        192.0.02.142
        lib-101.102.103.104
        x192.0.2.1
        192.0.2.1x
        192.0.2.1_
        Version 101.2.3.4
        FileVersion\0\0101.0.2.3
        Chrome/101.2.3.4
        foo==101.2.3.4
        101.2.3.4-beta
        0.0.0.0
        255.255.255.0
        2.5.29.15
        V8 to 4.6.85.25
        // 20.8.2.4\s
        1.3.6.1.4.1
        upgraded from 5.9.22.7 to 5.9.22.8
        zip 5.9.22.7
        [5.9.22.7]
        version=5.9.22.7
        {"version":"5.9.22.7"}
        """);
  }
}
