package io.pagestream.analyzers.web;

import io.pagestream.analyzers.api.Encoding;
import io.pagestream.analyzers.chars.TextSample;
import io.pagestream.analyzers.contract.AnalyzerContract;
import io.pagestream.analyzers.contract.Found;
import io.pagestream.analyzers.contract.Sample;
import java.nio.charset.StandardCharsets;
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
    String subject = "Subject: Die Hasen und die Fr\u00f6sche";
    Sample latin1 =
        Sample.of(
            "ISO 8859-1",
            ("\n" + subject + "\nMime-Version: 1.0\n").getBytes(StandardCharsets.ISO_8859_1),
            new Found(
                "rfc822-header",
                1,
                subject.length(),
                subject,
                Encoding.UTF_8,
                Map.of("name", "Subject", "charset", "iso-8859-1")));
    TextSample noText =
        TextSample.of("\nSubject: \u00f6\u00e4\u00fc\u00f6\u00e4\u00fcabc\nMime-Version: 1.0\n");
    TextSample nothing =
        TextSample.of(
            "\nFrom: here\nTo: there\nDate: today\nSubject: x\nxDate: Tue, 3 Mar 2026 10:11\n");
    return List.of(
        mail.ascii(),
        mail.wide(),
        received.ascii(),
        id.ascii(),
        id.wide(),
        latin1,
        noText.ascii(),
        nothing.ascii());
  }
}
