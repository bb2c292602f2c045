package io.pagestream.dashboard.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.pagestream.cases.SmallCase;
import io.pagestream.dashboard.guard.SecurityHeaders;
import io.pagestream.schemas.error.PagestreamException;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Attacks on the dashboard from the network, another web site, or a memory image. */
final class DashboardSecurityTest extends DashboardTest {
  @Test
  void hostileValuesComeBackAsDataUnderAPolicyThatRunsNothing() {
    HttpResponse<String> answer = dashboard.get("/api/findings?limit=500");
    assertThat(answer.headers().firstValue("Content-Type"))
        .hasValue("application/json;charset=utf-8");
    assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    assertThat(answer.headers().firstValue("Content-Security-Policy"))
        .hasValue(SecurityHeaders.CONTENT_SECURITY_POLICY);
    assertThat(answer.body().chars())
        .as("what acts on a terminal or turns text around is escaped")
        .noneMatch(c -> c < 0x20 || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069));
    List<String> values =
        ServedCase.json(answer).get("findings").findValuesAsText("value").stream().toList();
    assertThat(values).containsAll(ServedCase.HOSTILE.subList(0, 7));
  }

  @Test
  void aValueOfAMebibyteIsCutInListsAndWholeOnlyWhenItIsAskedFor() {
    JsonNode list = dashboard.json("/api/findings?q=" + "x".repeat(100));
    JsonNode row = list.get("findings").get(0);
    assertThat(row.get("value").asText()).hasSize(2000);
    assertThat(row.get("valueLength").asInt()).isEqualTo(1 << 20);
    JsonNode whole = dashboard.json("/api/findings/" + row.get("findingId").asText());
    assertThat(whole.get("value").asText()).hasSize(1 << 20);
  }

  @Test
  void everyAnswerCarriesTheHeadersAndNeverOurInsides() {
    for (String path :
        List.of("/", "/app.js", "/api/overview", "/api/nothing", "/nothing", "/api/map?image=x")) {
      HttpResponse<String> answer = dashboard.get(path);
      assertThat(answer.headers().firstValue("Content-Security-Policy"))
          .as(path)
          .hasValueSatisfying(policy ->
              assertThat(policy)
                  .startsWith("default-src 'none'")
                  .contains("frame-ancestors 'none'")
                  .doesNotContain("unsafe"));
      assertThat(answer.headers().firstValue("Referrer-Policy")).hasValue("no-referrer");
      assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).as(path).isEmpty();
      assertThat(answer.body()).doesNotContain("Exception", "io.javalin", "at java.");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/../../../../etc/passwd",
        "/..%2f..%2f..%2fetc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/..;/..;/etc/passwd",
        "//etc/passwd",
        "/app.js/../../schema.sql",
        "/app.js%00.html",
        "/..\\..\\findings.jsonl",
        "/findings.jsonl",
        "/manifest.json",
        "/io/pagestream/cases/store/schema.sql",
        "/api/findings/../../manifest.json",
        "/login.html",
        "/login/../index.html"
      })
  void noPathLeadsToAFile(String path) throws IOException {
    String answer =
        dashboard.raw("GET " + path + " HTTP/1.1", "Host: 127.0.0.1:" + dashboard.port());
    assertThat(answer).as(path).matches("(?s)HTTP/1.1 4\\d\\d .*");
    assertThat(answer).doesNotContain("root:", "CREATE TABLE", "findingId");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "evil.example:8080",
        "127.0.0.1.evil.example",
        "localhost.evil.example:80",
        "10.0.0.1"
      })
  void aNameThatWasMadeToPointHereGetsNothing(String host) throws IOException {
    String answer = dashboard.raw("GET /api/overview HTTP/1.1", "Host: " + host);
    assertThat(answer).startsWith("HTTP/1.1 421").doesNotContain("small.raw");
  }

  @Test
  void ourOwnNamesAreServedOnAnyPort() throws IOException {
    for (String host : List.of("localhost:9000", "127.0.0.1", "[::1]:1", "LOCALHOST")) {
      assertThat(dashboard.raw("GET /api/notes HTTP/1.1", "Host: " + host))
          .as(host)
          .startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void pagesOfOtherSitesCanNeitherReadNorWrite() {
    HttpRequest foreign =
        dashboard.request("/api/overview").header("Origin", "https://evil.example").build();
    assertThat(dashboard.send(foreign).statusCode()).isEqualTo(403);
    HttpRequest embedded =
        dashboard.request("/api/overview").header("Sec-Fetch-Site", "cross-site").build();
    assertThat(dashboard.send(embedded).statusCode()).isEqualTo(403);
    HttpRequest preflight =
        dashboard
            .request("/api/notes/" + SmallCase.IMAGE)
            .header("Origin", "https://evil.example")
            .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
            .build();
    assertThat(dashboard.send(preflight).statusCode()).isGreaterThanOrEqualTo(400);
    HttpRequest form =
        dashboard
            .request("/api/notes/" + SmallCase.IMAGE)
            .header("Content-Type", "text/plain")
            .PUT(HttpRequest.BodyPublishers.ofString("{\"tag\":\"x\"}"))
            .build();
    assertThat(dashboard.send(form).statusCode()).isEqualTo(400);
    assertThat(temporary.resolve("case/notes.json")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "' OR 1=1 --",
        "'; DROP TABLE finding_rows; --",
        "') UNION SELECT * FROM read_csv('/etc/passwd') --",
        "\" OR \"\"=\"",
        "1; ATTACH '/tmp/x.db'",
        "%' OR '%'='",
        "$$; COPY finding_rows TO '/tmp/stolen'"
      })
  void sqlInAnyInputIsOnlyText(String sql) {
    String text = ServedCase.encoded(sql);
    for (String input :
        List.of("q", "kind", "image", "analyzer", "encoding", "range", "cache", "verdict", "tag")) {
      for (String question : List.of("findings", "facets")) {
        HttpResponse<String> answer = dashboard.get("/api/" + question + "?" + input + "=" + text);
        assertThat(answer.statusCode()).as(question + " " + input).isEqualTo(200);
        JsonNode body = ServedCase.json(answer);
        if (question.equals("findings") && !input.equals("q")) {
          assertThat(body.get("findings")).as(input).isEmpty();
        }
      }
    }
    for (String refused :
        List.of(
            "findings?sort=",
            "findings?dir=",
            "findings?after=",
            "findings?from=",
            "findings?to=",
            "findings?match=",
            "findings?limit=",
            "findings?alerts=",
            "map?image=",
            "page?address=0&image=",
            "map?pages=1&image=" + SmallCase.IMAGE + "&first=",
            "coverage?image=",
            "entropy?image=",
            "compare?b=" + SmallCase.IMAGE + "&a=",
            "findings/")) {
      int status = dashboard.get("/api/" + refused + text).statusCode();
      assertThat(status).as(refused).isBetween(400, 404);
    }
    assertThat(dashboard.json("/api/facets").get("total").asInt())
        .as("nothing is gone")
        .isEqualTo(14);
    assertThat(dashboard.get("/api/findings?match=regex&q=" + text).statusCode()).isIn(200, 400);
  }

  @Test
  void theStoreCannotBeWrittenOrLeft() {
    JsonNode found =
        dashboard.json(
            "/api/findings?match=exact&q=" + ServedCase.encoded("'; DROP TABLE finding_rows; --"));
    assertThat(found.get("findings")).hasSize(1);
  }

  @Test
  void questionsWithoutBoundsAreTurnedAway() throws IOException {
    assertThat(dashboard.get("/api/findings?q=" + "a".repeat(5000)).statusCode()).isEqualTo(414);
    assertThat(dashboard.get("/api/findings?q=" + "a".repeat(2000)).statusCode()).isEqualTo(400);
    assertThat(dashboard.get("/api/findings?limit=1000000").statusCode()).isEqualTo(400);
    assertThat(dashboard.get("/api/map?cells=9999999&image=" + SmallCase.IMAGE).statusCode())
        .isEqualTo(400);
    assertThat(dashboard.get("/api/findings?" + "kind=a&".repeat(100)).statusCode()).isEqualTo(400);
    assertThat(
            dashboard
                .get("/api/findings?match=regex&q=" + ServedCase.encoded("(a*)*".repeat(60)))
                .statusCode())
        .isEqualTo(400);
    String id = "%032x".formatted(1);
    assertThat(
            dashboard
                .put("/api/notes/" + id, "{\"note\":\"" + "n".repeat(100_000) + "\"}")
                .statusCode())
        .isEqualTo(413);
    assertThat(
            dashboard
                .put("/api/notes/" + id, "{\"note\":\"" + "n".repeat(5000) + "\"}")
                .statusCode())
        .isEqualTo(400);
    assertThat(dashboard.put("/api/notes/" + id, "[".repeat(1000)).statusCode()).isEqualTo(400);
    assertThat(
            dashboard.raw("GET / HTTP/1.1", "Host: localhost", "X-Long: " + "h".repeat(64 * 1024)))
        .startsWith("HTTP/1.1 431");
  }

  @Test
  void aRegularExpressionThatBlowsUpElsewhereTakesNoTimeHere() {
    long started = System.nanoTime();
    String pattern = ServedCase.encoded("(x+x+)+y");
    assertThat(dashboard.get("/api/findings?match=regex&q=" + pattern).statusCode()).isEqualTo(200);
    assertThat((System.nanoTime() - started) / 1_000_000_000L).isLessThan(10);
  }

  @Test
  void whoAsksTooOftenIsToldToWait() {
    int asked = 0;
    while (dashboard.burst("/api/notes", 200) == 0) {
      asked += 200;
      assertThat(asked).as("requests at once, all answered").isLessThan(10_000);
    }
  }

  @Test
  void imagesOnAnotherSitesPageCannotUseUpWhatTheOwnerMayAsk() throws IOException {
    for (int i = 0; i < 400; i++) {
      assertThat(
              dashboard.raw(
                  "GET /icon.svg HTTP/1.1",
                  "Host: 127.0.0.1:" + dashboard.port(),
                  "Sec-Fetch-Site: cross-site",
                  "Sec-Fetch-Mode: no-cors",
                  "Sec-Fetch-Dest: image"))
          .startsWith("HTTP/1.1 403");
    }
    assertThat(dashboard.get("/api/overview").statusCode()).isEqualTo(200);
  }

  @Test
  void otherMethodsAreNotServed() throws IOException {
    for (String method : List.of("POST", "DELETE", "TRACE", "PATCH", "CONNECT")) {
      assertThat(
              dashboard.raw(
                  method + " /api/notes HTTP/1.1", "Host: localhost", "Content-Length: 0"))
          .as(method)
          .matches("(?s)HTTP/1.1 4\\d\\d.*");
    }
  }

  @Test
  void csvCannotActAsAFormula() {
    HttpResponse<String> csv = dashboard.get("/api/findings.csv");
    assertThat(csv.headers().firstValue("Content-Type")).hasValue("text/csv; charset=utf-8");
    assertThat(csv.headers().firstValue("Content-Disposition"))
        .hasValue("attachment; filename=\"findings.csv\"");
    assertThat(csv.body()).contains(",'=cmd|' /C calc'!A0,").doesNotContain(",=cmd", ",\"=cmd");
    assertThat(csv.body().lines().filter(line -> line.startsWith("small.raw.zst")).count())
        .isGreaterThanOrEqualTo(12);
  }

  @Test
  void notesArePrivateAndSurvive() throws IOException {
    String id = "%032x".formatted(0xBAD0000L);
    assertThat(
            dashboard.put("/api/notes/" + id, "{\"tag\":\"<b>\",\"note\":\"look\"}").statusCode())
        .isEqualTo(200);
    Path notes = temporary.resolve("case/notes.json");
    assertThat(Files.getPosixFilePermissions(notes)).hasSize(2);
    assertThat(dashboard.json("/api/findings/" + id).get("note").asText()).isEqualTo("look");
    assertThat(dashboard.json("/api/findings?tag=" + ServedCase.encoded("<b>")).get("findings"))
        .hasSize(1);
  }

  @Test
  void nobodyElseMayBeLetInWithoutASecret() {
    assertThatThrownBy(
            () -> new DashboardSettings("0.0.0.0", 0, Optional.empty(), Optional.empty(), ""))
        .isInstanceOf(PagestreamException.class)
        .hasMessageContaining("--no-token");
    assertThatThrownBy(
            () -> new DashboardSettings("127.0.0.1", 0, Optional.of("short"), Optional.empty(), ""))
        .isInstanceOf(PagestreamException.class);
  }
}
