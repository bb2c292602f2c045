package io.pagestream.analyzers.web;

import io.pagestream.analyzers.chars.TextSample;
import io.pagestream.analyzers.contract.AnalyzerContract;
import io.pagestream.analyzers.contract.Sample;
import java.util.List;
import java.util.Map;

final class HeadersAnalyzerTest extends AnalyzerContract {
  @Override
  protected String analyzer() {
    return "headers";
  }

  @Override
  protected List<Sample> samples() {
    TextSample mail =
        TextSample.of(
                "\r\nFrom: Jane <jane@example.org>\r\nSubject: Hello\r\nDate: Tue, 3 Mar 2026 10:11:12 +0100\r\n\r\n")
            .has("rfc822-header", "From: Jane <jane@example.org>", Map.of("name", "From"))
            .has("rfc822-header", "Subject: Hello", Map.of("name", "Subject"))
            .has("rfc822-header", "Date: Tue, 3 Mar 2026 10:11:12 +0100", Map.of("name", "Date"));
    TextSample received =
        TextSample.of(
                "\nReceived: from a.example by b.example;\r\n\tTue, 3 Mar 2026 10:11:12 +0100\r\n")
            .has(
                "rfc822-header",
                "Received: from a.example by b.example;\r\n\tTue, 3 Mar 2026 10:11:12 +0100",
                Map.of("name", "Received"));
    TextSample id =
        TextSample.of("\nMessage-ID: <a.b@example.org>\n")
            .has("rfc822-header", "Message-ID: <a.b@example.org>", Map.of("name", "Message-ID"));
    TextSample nothing =
        TextSample.of(
            "\nFrom: here\nTo: there\nDate: today\nSubject: x\nxDate: Tue, 3 Mar 2026 10:11\n");
    return List.of(
        mail.ascii(), mail.wide(), received.ascii(), id.ascii(), id.wide(), nothing.ascii());
  }
}
