package io.pagestream.dashboard.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.pagestream.cases.SmallCase;
import io.pagestream.cases.TwoImages;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The dashboard's responses to each request. */
final class DashboardAnswersTest extends DashboardTest {
  @Test
  void theListGoesOnWhereItStoppedInEveryOrder() {
    for (String sort : List.of("place", "address", "value", "kind")) {
      for (String direction : List.of("asc", "desc")) {
        List<String> ids = new ArrayList<>();
        String after = "";
        do {
          JsonNode answer =
              dashboard.json(
                  "/api/findings?limit=3&sort=%s&dir=%s&after=%s"
                      .formatted(sort, direction, after));
          answer.get("findings").forEach(row -> ids.add(row.get("findingId").asText()));
          after = answer.get("next").isNull() ? "" : answer.get("next").asText();
        } while (!after.isEmpty());
        assertThat(ids).as(sort + " " + direction).hasSize(14).doesNotHaveDuplicates();
      }
    }
  }

  @Test
  void facetsCountWhatTheOtherFiltersLeave() {
    JsonNode answer = dashboard.json("/api/facets?kind=url&image=" + SmallCase.IMAGE);
    assertThat(answer.get("total").asInt()).isEqualTo(1);
    assertThat(counts(answer.get("facets").get("kind"))).containsExactly("email 11", "url 1");
    assertThat(counts(answer.get("facets").get("image"))).containsExactly(SmallCase.IMAGE + " 1");
    assertThat(counts(dashboard.json("/api/facets").get("facets").get("confidence")))
        .as("the key proves itself, the rest was checked")
        .containsExactly("medium 13", "high 1");
    assertThat(dashboard.json("/api/findings?confidence=high").get("findings"))
        .hasSize(1)
        .allMatch(finding -> finding.get("kind").asText().equals("aes-key"));
    JsonNode searched = dashboard.json("/api/facets?q=SHARED");
    assertThat(searched.get("total").asInt()).isEqualTo(2);
  }

  private static List<String> counts(JsonNode facet) {
    List<String> counts = new ArrayList<>();
    facet.forEach(one -> counts.add(one.get("value").asText() + " " + one.get("count").asLong()));
    return counts;
  }

  @Test
  void filtersByAddressAndTextAndAlertList() {
    assertThat(dashboard.json("/api/findings?from=0x2000&to=3fff").get("findings")).hasSize(2);
    assertThat(dashboard.json("/api/findings?match=exact&q=a@example.com").get("findings"))
        .hasSize(2);
    assertThat(dashboard.json("/api/findings?match=regex&q=%5Ea@").get("findings")).hasSize(2);
    assertThat(dashboard.json("/api/findings?alerts=yes").get("findings")).isEmpty();
    assertThat(dashboard.put("/api/alerts", "{\"alerts\":[\"Shared\"]}").statusCode())
        .isEqualTo(200);
    assertThat(dashboard.json("/api/findings?alerts=yes").get("findings")).hasSize(2);
    assertThat(dashboard.json("/api/overview").get("alerts").get(0).get("count").asInt())
        .isEqualTo(2);
  }

  @Test
  void aParameterThatThereIsNotIsNamedAndNotIgnored() {
    String image = "image=" + SmallCase.IMAGE;
    for (String question :
        List.of(
            "overview",
            "events",
            "notes",
            "findings",
            "findings.csv",
            "findings/" + SmallCase.IMAGE,
            "facets",
            "map?" + image,
            "entropy?" + image,
            "page?address=0x1000&" + image,
            "coverage?" + image,
            "compare?a=" + SmallCase.IMAGE + "&b=" + TwoImages.SECOND)) {
      HttpResponse<String> answer =
          dashboard.get("/api/" + question + (question.contains("?") ? "&" : "?") + "knd%1b=url");
      assertThat(answer.statusCode()).as(question).isEqualTo(400);
      assertThat(ServedCase.json(answer).get("error").asText())
          .contains("no parameter knd")
          .doesNotContain("\u001b");
    }
    assertThat(dashboard.put("/api/alerts?x=1", "{\"alerts\":[]}").statusCode()).isEqualTo(400);
  }

  @Test
  void whatThePageAsksItselfIsAnswered() {
    String image = "image=" + SmallCase.IMAGE;
    for (String question :
        List.of(
            "findings?kind=url&kind=email&verdict=mapped&range=ram&cache=write-back&encoding=ascii"
                + "&analyzer=text&q=a&match=contains&from=0x0&to=0x7fff&alerts=yes&tag=*&sort=value"
                + "&dir=desc&limit=100&"
                + image,
            "facets?kind=url&q=a&match=regex&from=0x0&to=0x7fff&alerts=yes&tag=x&" + image,
            "map?first=0&pages=1&cells=64&kind=url&" + image,
            "entropy?first=0&pages=1&cells=64&" + image,
            "page?address=0x1000&" + image,
            "coverage?" + image,
            "compare?set=a&kind=url&limit=1&a=" + SmallCase.IMAGE + "&b=" + TwoImages.SECOND)) {
      assertThat(dashboard.get("/api/" + question).statusCode()).as(question).isEqualTo(200);
    }
    assertThat(dashboard.get("/api/findings.csv?kind=url&q=a&match=exact").statusCode())
        .isEqualTo(200);
  }

  @Test
  void theMapHasEveryPageOfTheRangeMapOnceAndItsHoleAsABreak() {
    JsonNode map = dashboard.json("/api/map?cells=64&image=" + SmallCase.IMAGE);
    assertThat(map.get("totalPages").asInt()).isEqualTo(23);
    assertThat(map.get("pages").asInt()).isEqualTo(1);
    assertThat(map.get("cells").asInt()).isEqualTo(23);
    assertThat(map.get("segments")).hasSize(2);
    assertThat(map.get("segments").get(1).get("place").asInt()).isEqualTo(20);
    JsonNode range = map.get("layers").get("range");
    assertThat(range.get("main").get(19).asInt()).isZero();
    assertThat(range.get("main").get(20).asInt()).isEqualTo(1);
    assertThat(map.get("findings").get(6).asInt()).isEqualTo(ServedCase.HOSTILE.size());
    JsonNode coarse = dashboard.json("/api/map?cells=4&image=" + SmallCase.IMAGE);
    assertThat(coarse.get("pages").asInt() * 4).isGreaterThanOrEqualTo(23);
  }

  @Test
  void aPageSaysWhatItKnowsAndWhereItsBytesAre() {
    JsonNode answer = dashboard.json("/api/page?address=0x1010&image=" + SmallCase.IMAGE);
    assertThat(answer.get("address").asLong()).isEqualTo(0x1000);
    assertThat(answer.get("range").get("kind").asText()).isEqualTo("ram");
    assertThat(answer.get("findings")).hasSize(1);
    assertThat(answer.get("bytes").isNull()).isTrue();
    assertThat(answer.get("source").asText()).contains("not available");
    JsonNode hole = dashboard.json("/api/page?address=0x50000&image=" + SmallCase.IMAGE);
    assertThat(hole.get("inRangeMap").asBoolean()).isFalse();
    assertThat(hole.get("next").asLong()).isEqualTo(1_048_576);
  }

  @Test
  void imagesAreComparedByValue() {
    String pair = "?a=" + SmallCase.IMAGE + "&b=" + TwoImages.SECOND;
    JsonNode common = dashboard.json("/api/compare" + pair);
    assertThat(common.get("values")).hasSize(1);
    assertThat(common.get("values").get(0).get("value").asText()).isEqualTo("shared@example.com");
    assertThat(common.get("values").get(0).get("firstB").asLong()).isEqualTo(0x500);
    JsonNode second = dashboard.json("/api/compare" + pair + "&set=b");
    assertThat(second.get("values").get(0).get("kind").asText()).isEqualTo("aes-key");
    List<String> values = new ArrayList<>();
    String after = "";
    do {
      JsonNode answer = dashboard.json("/api/compare" + pair + "&set=a&limit=2&after=" + after);
      answer.get("values").forEach(row -> values.add(row.get("value").asText()));
      after = answer.get("next").isNull() ? "" : answer.get("next").asText();
    } while (!after.isEmpty());
    assertThat(values).hasSize(ServedCase.HOSTILE.size() + 2).doesNotHaveDuplicates();
  }

  @Test
  void coverageAddsUp() {
    JsonNode answer = dashboard.json("/api/coverage?image=" + SmallCase.IMAGE);
    JsonNode image = answer.get("image");
    int sum = 0;
    for (String part : List.of("mapped", "overridden", "refused", "zero", "excluded", "absent")) {
      sum += image.get(part).asInt();
    }
    assertThat(sum).isEqualTo(image.get("rangeMapPages").asInt());
    List<String> conditions = new ArrayList<>();
    for (JsonNode tally : answer.get("tallies")) {
      conditions.add(tally.path("policy").path("condition").asText());
    }
    assertThat(conditions).contains("in PFN db, E = R");
    assertThat(answer.get("ranges")).hasSize(2);
  }
}
