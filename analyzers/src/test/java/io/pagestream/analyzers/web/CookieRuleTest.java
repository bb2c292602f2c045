package io.pagestream.analyzers.web;

import io.pagestream.analyzers.chars.TextRuleContract;

final class CookieRuleTest extends TextRuleContract {
  CookieRuleTest() {
    super(
        "web",
        "http-cookie",
        """
        «Cookie: sid=abc123; theme=dark»
        «Set-Cookie: sid=abc123; Path=/; HttpOnly»\r
        «cookie: a=b»
        "«Cookie: a=b; c=d»"
        """,
        """
        Cookie: %s=%s
        Cookie: none
        Cookie: =x
        Cookie: a=
        xCookie: a=b
        Set-Cookie: <name>=<value>
        My-Cookie: a=b
        """);
  }
}
