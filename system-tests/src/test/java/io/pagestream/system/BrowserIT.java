package io.pagestream.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An analyst's session in a real browser: the sample is analyzed while the dashboard is open.
 * Skipped, and reported as skipped, without Chromium. The screenshots stay in {@code
 * target/screenshots}.
 */
final class BrowserIT {
  private static final Path SCREENSHOTS = Path.of("target/screenshots");
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final Duration JOB = Duration.ofMinutes(3);
  private static final Pattern DASHBOARD =
      Pattern.compile("dashboard: (http://\\S+)\\s+open +(file:\\S+)");
  private static final int WIDTH = 1280;
  private static final int HEIGHT = 800;

  @TempDir private Path folder;

  @Test
  void analysesWatchesFiltersZoomsOpensAndExportsWithoutAnErrorInTheConsole() throws Exception {
    Optional<Path> chromium = Chromium.installed();
    Assumptions.assumeTrue(chromium.isPresent(), "no Chromium on this machine");
    try (Chromium browser = Chromium.start(chromium.get(), folder);
        BrowserTab tab = browser.tab();
        Program.Running job =
            Program.start(
                folder,
                "analyze",
                Repository.SAMPLE.toString(),
                "--quiet",
                "--serve",
                "0",
                "--out",
                folder.resolve("case").toString())) {
      tab.size(WIDTH, HEIGHT, 1);
      tab.prefer("light");
      String url = url(job);
      tab.open(entry(job));
      tab.await("location.href.startsWith('" + url + "')", SOON);
      watchesTheJobToItsEnd(tab);
      filters(tab, url);
      zoomsIntoThePageOfAPlantedKey(tab, url);
      exports(tab, url);
      looksAtTheRest(tab, url);
      assertThat(tab.complaints()).isEmpty();
    }
  }

  private static String url(Program.Running job) {
    String[] url = {""};
    await()
        .atMost(JOB)
        .until(() -> {
          assertThat(job.process().isAlive()).as(job.err().toString()).isTrue();
          Matcher said = DASHBOARD.matcher(Files.readString(job.out()));
          url[0] = said.find() ? said.group(1) : "";
          return !url[0].isEmpty();
        });
    return url[0];
  }

  /** The local file that opens the dashboard, as printed on the terminal. */
  private static String entry(Program.Running job) throws Exception {
    Matcher said = DASHBOARD.matcher(Files.readString(job.out()));
    assertThat(said.find()).isTrue();
    return said.group(2);
  }

  private static void watchesTheJobToItsEnd(BrowserTab tab) throws InterruptedException {
    tab.await("document.querySelector('#case-state.running')", SOON);
    TreeSet<Double> seen = new TreeSet<>();
    long end = System.nanoTime() + JOB.toNanos();
    boolean pictured = false;
    while (tab.eval("document.querySelector('#case-state.running') !== null").asBoolean()) {
      JsonNode value = tab.eval("document.querySelectorAll('progress')[1]?.position ?? -1");
      seen.add(value.asDouble());
      if (!pictured && value.asDouble() > 0.05) {
        tab.screenshot(SCREENSHOTS.resolve("live.png"));
        pictured = true;
      }
      assertThat(System.nanoTime()).as("still running").isLessThan(end);
      Thread.sleep(100);
    }
    tab.await(
        "[...document.querySelectorAll('progress')].length >= 2"
            + " && [...document.querySelectorAll('progress')].every(p => p.position === 1)",
        SOON);
    assertThat(seen).as("progress on its way").anyMatch(part -> part < 1);
    tab.await("document.querySelector('.good')?.innerText.includes('complete')", SOON);
    tab.await("document.body.innerText.includes('aes key')", SOON);
    tab.screenshot(SCREENSHOTS.resolve("overview.png"));
  }

  private static void filters(BrowserTab tab, String url) throws InterruptedException {
    tab.press("g");
    tab.press("f");
    tab.await("document.querySelectorAll('#findings tbody tr').length > 50", SOON);
    tab.press("/");
    tab.await("document.activeElement.id === 'search'", SOON);
    tab.type("EXAMPLE.org");
    tab.await("location.hash.includes('q=EXAMPLE.org')", SOON);
    tab.await("document.querySelector('input[data-facet=kind][value=email]')", SOON);
    tab.click("input[data-facet=kind][value=email]");
    tab.await("location.hash.includes('kind=email')", SOON);
    tab.await(
        "[...document.querySelectorAll('#findings td.value')].length > 0"
            + " && [...document.querySelectorAll('#findings td.value')]"
            + ".every(v => v.innerText.toLowerCase().includes('example.org'))"
            + " && [...document.querySelectorAll('#findings tbody .kind')]"
            + ".every(k => k.innerText === 'email')", // the previous list has others: wait
        SOON);
    tab.click("#findings tbody tr:nth-child(2) td.context");
    tab.await("document.querySelector('.detail .bigvalue')", SOON);
    tab.screenshot(SCREENSHOTS.resolve("findings.png"));
    String saved = tab.eval("location.hash").asText();
    // Opens an empty document first, so that elements of the old one cannot be mistaken for new
    // ones.
    tab.open("about:blank");
    tab.open(url + saved);
    tab.await(
        "document.querySelector('.detail .bigvalue')"
            + " && [...document.querySelectorAll('.chip')].some(c => c.innerText.includes('email'))",
        SOON);
  }

  private static PlantedArtifact plantedKey() {
    return PlantedArtifact.of(Repository.SAMPLE_TRUTH).stream()
        .filter(artifact -> artifact.kind().equals("aes-key"))
        .findFirst()
        .orElseThrow();
  }

  private static void zoomsIntoThePageOfAPlantedKey(BrowserTab tab, String url)
      throws InterruptedException {
    PlantedArtifact key = plantedKey();
    long page = key.physicalAddress() >>> 12;
    tab.open(url + "#/map?kind=aes-key");
    tab.await("document.querySelector('#map')?.dataset.pages > 0", SOON);
    tab.screenshot(SCREENSHOTS.resolve("map.png"));
    for (int turn = 0; turn < 20 && pagesOfACell(tab) > 1; turn++) {
      int before = pagesOfACell(tab);
      double[] at = cell(tab, page);
      tab.wheel(at[0], at[1], -120);
      tab.await("document.querySelector('#map').dataset.pages < " + before, SOON);
    }
    assertThat(pagesOfACell(tab)).isEqualTo(1);
    double[] at = cell(tab, page);
    tab.wheel(at[0], at[1], -120); // only points at the cell: there is no finer zoom
    String address = "0x" + Long.toHexString(page << 12);
    tab.await("document.querySelector('#map-about h2')?.innerText === '" + address + "'", SOON);
    tab.screenshot(SCREENSHOTS.resolve("map-page.png"));
    tab.clickAt(at[0], at[1]);
    tab.await("document.querySelector('#page-address')?.innerText === '" + address + "'", SOON);
    tab.await("document.querySelector('.hex mark')", JOB);
    assertThat(tab.eval("document.querySelector('#source').innerText").asText())
        .contains("Read from linux-128m.raw.zst");
    assertThat(tab.eval("document.querySelector('.found').innerText").asText())
        .contains(key.value());
    String marked =
        tab.eval("[...document.querySelectorAll('.digits mark')].map(m => m.innerText).join(' ')")
            .asText();
    assertThat(marked.replaceAll("\\s", "")).contains(key.value());
    tab.screenshot(SCREENSHOTS.resolve("page.png"));
  }

  private static int pagesOfACell(BrowserTab tab) {
    return tab.eval("Number(document.querySelector('#map').dataset.pages)").asInt();
  }

  /** The position of a page's cell in the window; the sample's memory has no holes. */
  private static double[] cell(BrowserTab tab, long page) {
    JsonNode at =
        tab.eval(
            """
            (() => { const c = document.querySelector('#map'), b = c.getBoundingClientRect(), d = c.dataset;
              const cell = Math.floor((%d - d.first) / d.pages);
              return [b.x + (cell %% d.columns + .5) * d.size, b.y + (Math.floor(cell / d.columns) + .5) * d.size];
            })()\
            """
                .formatted(page));
    return new double[] {at.get(0).asDouble(), at.get(1).asDouble()};
  }

  private void exports(BrowserTab tab, String url) throws Exception {
    Path downloads = Files.createDirectory(folder.resolve("downloads"));
    tab.downloadTo(downloads);
    tab.open(url + "#/findings?kind=aes-key");
    tab.await("document.querySelector('#total b')?.innerText > 0", SOON);
    int total = tab.eval("Number(document.querySelector('#total b').innerText)").asInt();
    tab.click("#csv");
    Path csv = downloads.resolve("findings.csv");
    await().atMost(SOON).until(() -> Files.exists(csv));
    List<String> lines = Files.readAllLines(csv);
    assertThat(lines).hasSize(total + 1);
    assertThat(lines.getFirst())
        .startsWith("image,kind,value,finding_id,image_id,analyzer,space,physical_address");
    assertThat(lines).anyMatch(line -> line.contains(plantedKey().value()));
  }

  private static void looksAtTheRest(BrowserTab tab, String url) throws InterruptedException {
    tab.open(url + "#/coverage");
    tab.await("document.body.innerText.includes('equal to the range map')", SOON);
    tab.screenshot(SCREENSHOTS.resolve("coverage.png"));
    tab.open(url + "#/compare");
    tab.await("document.body.innerText.includes('nothing to compare')", SOON);
    tab.prefer("dark");
    tab.open(url + "#/overview");
    tab.await("document.querySelector('.figures .value')", SOON);
    tab.screenshot(SCREENSHOTS.resolve("overview-dark.png"));
    tab.open(url + "#/map?layer=entropy");
    tab.await("document.querySelector('#map')?.dataset.pages > 0", SOON);
    Thread.sleep(3000); // the map may be drawn twice; it is not asserted
    tab.screenshot(SCREENSHOTS.resolve("map-dark.png"));
    tab.size(3840, 2160, 1);
    tab.open(url + "#/findings");
    tab.await("document.querySelectorAll('#findings tbody tr').length > 50", SOON);
    tab.screenshot(SCREENSHOTS.resolve("findings-4k.png"));
  }
}
