package io.pagestream.dashboard.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.pagestream.cases.SmallCase;
import io.pagestream.cases.TwoImages;
import io.pagestream.cases.store.CaseStore;
import io.pagestream.cases.store.LiveStore;
import io.pagestream.cases.store.StoreSettings;
import io.pagestream.schemas.avro.Finding;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same findings in a finished case, in a live one that is counted and in one that is not yet:
 * lists and facets equal the result of a filter over the findings themselves.
 */
final class FiltersAgreeTest {
  private static final StoreSettings SETTINGS = StoreSettings.DEFAULT.withMemoryMebibytes(128);
  private static final List<String> KINDS = List.of("email", "url", "text");
  private static final List<String> IMAGES = List.of(SmallCase.IMAGE, TwoImages.SECOND);
  private static final List<String> ENCODINGS = List.of("ascii", "utf-16le");
  private static final int FINDINGS = 400;
  private static final int QUESTIONS = 25;

  @TempDir private Path temporary;

  /** A query, with the expected findings. */
  private record Question(String address, Predicate<Finding> wanted) {}

  private static List<Finding> findings(Random random) {
    List<Finding> findings = new ArrayList<>();
    for (int i = 0; i < FINDINGS; i++) {
      String kind = KINDS.get(random.nextInt(3));
      String value = "x".repeat(70 * random.nextInt(2)) + Integer.toString(random.nextInt(300), 5);
      Finding finding = SmallCase.finding(16L * random.nextInt(5000), kind, value + "A\u00c4");
      int image = random.nextInt(2);
      finding.setFindingId("%032x".formatted(i + 1));
      finding.setImageId(IMAGES.get(image));
      finding.setImage("image " + image);
      finding.setEncoding(ENCODINGS.get(random.nextInt(10) / 9));
      findings.add(finding);
    }
    return findings;
  }

  private static Question question(Random random) {
    StringBuilder address = new StringBuilder("?limit=7");
    Predicate<Finding> wanted = finding -> true;
    String text = Integer.toString(random.nextInt(random.nextBoolean() ? 3 : 30), 5);
    switch (random.nextInt(4)) {
      case 0 -> {
        address.append("&q=").append(text).append("a%C3%A4");
        wanted = f -> f.getValue().toLowerCase(Locale.ROOT).contains(text + "a\u00e4");
      }
      case 1 -> {
        address.append("&match=exact&q=").append(text).append("A%C3%84");
        wanted = f -> f.getValue().equals(text + "A\u00c4");
      }
      case 2 -> {
        address.append("&match=regex&q=%5Ex*").append(text);
        wanted = f -> f.getValue().replaceFirst("^x*", "").startsWith(text);
      }
      default -> {}
    }
    if (random.nextBoolean()) {
      String kind = KINDS.get(random.nextInt(3));
      address.append("&kind=").append(kind);
      wanted = wanted.and(f -> f.getKind().equals(kind));
    }
    if (random.nextBoolean()) {
      String image = IMAGES.get(random.nextInt(2));
      address.append("&image=").append(image);
      wanted = wanted.and(f -> f.getImageId().equals(image));
    }
    if (random.nextBoolean()) {
      String encoding = ENCODINGS.get(random.nextInt(2));
      address.append("&encoding=").append(encoding);
      wanted = wanted.and(f -> f.getEncoding().equals(encoding));
    }
    if (random.nextInt(4) == 0) {
      address.append("&from=0x4000");
      wanted = wanted.and(f -> f.getLocation().getAddress() >= 0x4000);
    }
    return new Question(address.toString(), wanted);
  }

  @Test
  void whateverIsAskedOfWhicheverStore() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    List<Finding> findings = findings(random);
    Path folder = TwoImages.write(temporary.resolve("case"), findings);
    LiveStore counted = LiveStore.create(temporary.resolve("counted.duckdb"), SETTINGS);
    counted.add(findings);
    counted.refresh();
    LiveStore uncounted = LiveStore.create(temporary.resolve("uncounted.duckdb"), SETTINGS);
    uncounted.add(findings.subList(0, FINDINGS / 2));
    uncounted.refresh();
    uncounted.add(findings);
    try (ServedCase finished =
            ServedCase.of(CaseStore.open(folder, SETTINGS, line -> {}), temporary);
        ServedCase live = ServedCase.of(counted, temporary);
        ServedCase early = ServedCase.of(uncounted, temporary)) {
      for (int i = 0; i < QUESTIONS; i++) {
        Question question = question(random);
        for (ServedCase dashboard : List.of(finished, live, early)) {
          String about = question.address() + ", seed " + seed;
          agrees(dashboard, question, findings, random, about, dashboard != early);
        }
      }
    }
  }

  private static void agrees(
      ServedCase dashboard,
      Question question,
      List<Finding> findings,
      Random random,
      String about,
      boolean counted) {
    List<Finding> wanted = findings.stream().filter(question.wanted()).toList();
    boolean descending = random.nextBoolean();
    Comparator<String> order = Comparator.naturalOrder();
    List<String> values =
        wanted.stream()
            .map(Finding::getValue)
            .sorted(descending ? order.reversed() : order)
            .toList();
    List<String> ids = new ArrayList<>();
    List<String> shown = new ArrayList<>();
    String list =
        "/api/findings" + question.address() + "&sort=value&dir=" + (descending ? "desc" : "asc");
    String after = "";
    for (int turned = 0; turned < 3; turned++) {
      JsonNode answer = dashboard.json(list + "&after=" + after);
      for (JsonNode row : answer.get("findings")) {
        ids.add(row.get("findingId").asText());
        shown.add(row.get("value").asText());
      }
      after = answer.get("next").asText("");
      if (after.isEmpty() || after.equals("null")) {
        break;
      }
    }
    assertThat(ids).as(about).doesNotHaveDuplicates();
    assertThat(shown).as(about).isEqualTo(values.subList(0, Math.min(values.size(), 21)));
    assertThat(wanted.stream().map(Finding::getFindingId).toList()).as(about).containsAll(ids);
    boolean countsAreKnown = counted || question.address().contains("q=");
    if (countsAreKnown) {
      String filter = question.address().replace("limit=7", "");
      assertThat(dashboard.json("/api/facets" + filter).get("total").asInt())
          .as(about)
          .isEqualTo(wanted.size());
    }
  }
}
