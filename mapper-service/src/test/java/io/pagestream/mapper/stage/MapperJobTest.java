package io.pagestream.mapper.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pagestream.mapper.policy.CachePolicies;
import io.pagestream.mapper.policy.IoConflict;
import io.pagestream.mapper.policy.LinuxCall;
import io.pagestream.mapper.policy.LinuxOptions;
import io.pagestream.mapper.policy.ReaderRule;
import io.pagestream.mapper.policy.Requests;
import io.pagestream.mapper.policy.WindowsOptions;
import io.pagestream.schemas.avro.ImageJob;
import io.pagestream.schemas.avro.ImageManifest;
import io.pagestream.schemas.avro.PageRun;
import io.pagestream.schemas.avro.RunReceipt;
import io.pagestream.schemas.page.PageBitmap;
import io.pagestream.schemas.topic.DeadLetter;
import io.pagestream.schemas.topic.DeadLetters;
import io.pagestream.stages.image.ImageMemory;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The job in an image's manifest decides how the image is judged. */
class MapperJobTest {
  private static final ImageManifest PLAIN =
      TestImage.manifest("one", 4, 3, TestImage.ramAndDevice());

  @Test
  void everyOptionPassesThroughAJob() {
    for (String profile : CachePolicies.names()) {
      for (boolean flag : List.of(false, true)) {
        MapperOptions options =
            new MapperOptions(
                new ReaderRule(
                    CachePolicies.named(
                        profile,
                        new WindowsOptions(17133, IoConflict.ALLOW),
                        new LinuxOptions(LinuxCall.RESERVE_EXACT, flag)),
                    flag,
                    Requests.parse(List.of("frame-buffer=uncached", "ram=cached"))),
                flag,
                ImageMemory.KEEP_CLOSED);
        MapperOptions again = MapperJob.of(MapperJob.settings(options));
        assertThat(again.choices()).isEqualTo(options.choices());
        assertThat(again.reader().requests()).isEqualTo(options.reader().requests());
        assertThat(MapperJob.settings(again)).isEqualTo(MapperJob.settings(options));
      }
    }
  }

  @Test
  void anImageWithoutAJobIsJudgedByTheDefaults() {
    assertThat(MapperJob.of(PLAIN).choices()).isEqualTo(MapperOptions.defaults().choices());
  }

  @Test
  void aSettingOrAValueThatIsNotKnownIsRefusedByItsName() {
    Map<String, String> wrong =
        Map.of(
            "profile", "beos",
            "os-build", "new",
            "io-conflict", "fight",
            "linux-call", "open",
            "linux-pat", "perhaps",
            "read-device-memory", "yes",
            "request.attic", "cached",
            "request.ram", "soaked",
            "colour", "red");
    wrong.forEach((name, value) ->
        assertThatThrownBy(() -> MapperJob.of(Map.of(name, value)))
            .hasMessageContaining("PS-130")
            .hasMessageContaining(name.startsWith("request.") ? "there is no" : "'"));
  }

  @Test
  void oneMapperJudgesImagesByTheirOwnJobsInTurns() {
    try (MapperDriver mapper = new MapperDriver()) {
      mapper.send("one", TestImage.opened(PLAIN));
      mapper.send("two", TestImage.opened(with("two", Map.of("profile", "linux"))));
      mapper.sendRun(TestImage.run("one", 0, 0, 4).build());
      mapper.sendRun(TestImage.run("two", 0, 0, 4).build());
      mapper.sendRun(TestImage.run("one", 1, 4, 2).build());
      assertThat(mapper.mapped())
          .extracting(record -> record.getBody())
          .filteredOn(PageRun.class::isInstance)
          .extracting(run -> ((PageRun) run).getVerdicts().getFirst().getProfile())
          .containsExactly("windows", "linux", "windows");
    }
  }

  @Test
  void anImageWhoseJobIsNotKnownIsRefusedWithoutKeepingItsBytes() {
    try (MapperDriver mapper = new MapperDriver()) {
      mapper.send("two", TestImage.opened(with("two", Map.of("colour", "red"))));
      mapper.sendRun(TestImage.run("two", 0, 0, 4).build());
      assertThat(mapper.deadLetters())
          .extracting(letter -> DeadLetter.read(letter.headers(), ""))
          .allSatisfy(letter -> {
            assertThat(letter.code()).isEqualTo("PS-130");
            assertThat(letter.reason()).isEqualTo(DeadLetters.REFUSED);
            assertThat(letter.message()).contains("colour");
            assertThat(letter.imageId()).isEqualTo("two");
          })
          .extracting(DeadLetter::runIndex)
          .containsExactly(-1L, 0L);
      assertThat(mapper.deadLetters().get(1).value()).isNull();
      mapper.send("two", TestImage.closed("two", 1));
      assertThat(mapper.receipts())
          .extracting(RunReceipt::getDeadRuns)
          .extracting(PageBitmap::count)
          .containsExactly(1);
    }
  }

  private static ImageManifest with(String imageId, Map<String, String> mapper) {
    ImageManifest manifest = TestImage.manifest(imageId, 4, 3, TestImage.ramAndDevice());
    manifest.setJob(ImageJob.newBuilder().setMapper(mapper).setAnalyzers(List.of()).build());
    return manifest;
  }
}
