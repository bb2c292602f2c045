package io.pagestream.analyzers.web;

import io.pagestream.analyzers.chars.TextSample;
import io.pagestream.analyzers.contract.AnalyzerContract;
import io.pagestream.analyzers.contract.Sample;
import java.util.List;
import java.util.Map;

final class WebAnalyzerTest extends AnalyzerContract {
  @Override
  protected String analyzer() {
    return "web";
  }

  @Override
  protected List<Sample> samples() {
    TextSample request =
        TextSample.of("GET /a?b=1 HTTP/1.1\r\nHost: www.example.org\r\nCookie: sid=a1; t=2\r\n\r\n")
            .has(
                "http-request",
                "GET /a?b=1 HTTP/1.1",
                Map.of("method", "GET", "host", "www.example.org"))
            .has("http-cookie", "Cookie: sid=a1; t=2", Map.of("header", "Cookie", "name", "sid"));
    TextSample agent =
        TextSample.of("\"Mozilla/5.0 (X11; Linux x86_64; rv:102.0) Gecko/20100101 Firefox/102.0\"")
            .has(
                "user-agent",
                "Mozilla/5.0 (X11; Linux x86_64; rv:102.0) Gecko/20100101 Firefox/102.0");
    String line = "192.0.2.7 - bob [10/Oct/2025:13:55:36 +0000] \"GET / HTTP/1.0\" 200 23";
    TextSample log =
        TextSample.of("\n" + line + "\n")
            .has(
                "httplog",
                line,
                Map.of("client", "192.0.2.7", "request", "GET / HTTP/1.0", "status", "200"));
    String onion = "duckduckgogg42xjoc72x3sjasowoarfbgcmvfimaftt6twagswzczad.onion";
    TextSample address = TextSample.of(onion).has("onion-address", onion);
    TextSample nothing = TextSample.of("GET / HTTP/2 Cookie: x User-Agent: y Mozilla/5.0 (");
    return List.of(
        request.ascii(),
        request.wide(),
        agent.ascii(),
        log.ascii(),
        log.wide(),
        address.ascii(),
        address.wide(),
        nothing.ascii());
  }
}
