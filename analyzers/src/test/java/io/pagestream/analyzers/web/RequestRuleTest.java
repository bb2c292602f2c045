package io.pagestream.analyzers.web;

import io.pagestream.analyzers.chars.TextRuleContract;

final class RequestRuleTest extends TextRuleContract {
  RequestRuleTest() {
    super(
        "web",
        "http-request",
        """
        «GET /index.html?a=1 HTTP/1.1»\r
        «POST /a HTTP/1.0»
        «GET http://www.example.org/ HTTP/1.1»
        «CONNECT www.example.org:443 HTTP/1.1»
        «OPTIONS * HTTP/1.1»
        """,
        """
        GET /index.html
        GET /a b HTTP/1.1
        GET /a HTTP/2.0
        "GET /a HTTP/1.1" 200
        xGET /a HTTP/1.1
        GET /a http/1.1
        """);
  }
}
