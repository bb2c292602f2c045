package io.pagestream.analyzers.text;

final class DomainRuleTest extends TextRuleContract {
  DomainRuleTest() {
    super(
        "domain",
        """
        http://«www.example.nosuchtld»/
        https://u:p@«example.org»:80
        bob@«corp.example.co.uk»
        Host: «intranet.example.org»\r
        Domain=.«example.com»; Path
        "*.«example.com»"
        see «www.example.de», or
        at «kernel.org».
        """,
        """
        /lib/libc.so
        foo.py README.md module.ko e.g. i.e.
        com.example.net
        org.freedesktop.net
        C:\\command.com
        dir/www.example.org
        System.Net.net
        a.b.net(x)
        http://localhost/
        http://192.0.2.1/
        1.2.de
        """);
  }
}
