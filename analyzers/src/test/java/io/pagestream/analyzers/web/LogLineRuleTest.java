package io.pagestream.analyzers.web;

import io.pagestream.analyzers.chars.TextRuleContract;

final class LogLineRuleTest extends TextRuleContract {
  LogLineRuleTest() {
    super(
        "web",
        "httplog",
        """
        «127.0.0.1 - frank [10/Oct/2000:13:55:36 -0700] "GET /apache_pb.gif HTTP/1.0" 200 2326»
        «192.0.2.7 - - [10/Oct/2025:13:55:36 +0000] "GET / HTTP/1.1" 304 - "http://a.example/" "curl/8.0"»
        «2001:db8::1 - - [10/Oct/2025:13:55:36 +0000] "POST /x HTTP/1.1" 500 12»
        «host.example.org - - [10/Oct/2025:13:55:36 +0000] "-" 408 0» x
        """,
        """
        127.0.0.1 - frank [10/Oct/2000:13:55:36 -0700] "GET / HTTP/1.0" abc 2326
        - - [10/Oct/2000:13:55:36 -0700] "GET / HTTP/1.0" 200 1
        127.0.0.1 - - [10/Oct/2000:13:55:36] "GET / HTTP/1.0" 200 1
        127.0.0.1 - - [10/Oct/2000:13:55:36 -0700] "GET / HTTP/1.0
        """);
  }
}
