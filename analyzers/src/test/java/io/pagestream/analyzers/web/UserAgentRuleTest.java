package io.pagestream.analyzers.web;

import io.pagestream.analyzers.chars.TextRuleContract;

final class UserAgentRuleTest extends TextRuleContract {
  UserAgentRuleTest() {
    super(
        "web",
        "user-agent",
        """
        User-Agent: «curl/7.88.1»
        user-agent: «python-requests/2.31.0»\r
        User-Agent: «Mozilla/5.0 (X11; Linux x86_64; rv:102.0) Gecko/20100101 Firefox/102.0»
        "«Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36»"
        """,
        """
        User-Agent: %s
        User-Agent: curl
        Mozilla/5.0 (%s; rv) x
        xMozilla/5.0 (x)
        """);
  }
}
