package io.pagestream.command;

import io.pagestream.mapper.stage.MapperTopology;
import io.pagestream.schemas.topic.Topics;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code pagestream stage mapper}: from {@code pages} to {@code mapped-pages}. */
@Command(
    name = "mapper",
    description = {
      "Judge the pages of all images that arrive, until stopped (Ctrl-C).",
      "The job of an image decides how it is judged: profile, requests and the other rules are"
          + " options of 'stage producer'."
    })
final class StageMapper implements Callable<Integer> {
  @Mixin private StageService service;

  @SuppressWarnings("UnusedVariable") // picocli fills it, which fails if an option is given
  @Mixin
  private MovedOptions moved;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    service.run(
        StageProducer.MAPPER,
        observer -> MapperTopology.service(service.cluster().prefix(), observer),
        List.of(
            Topics.PAGES,
            Topics.MAPPED_PAGES,
            Topics.VERDICTS,
            Topics.RECEIPTS,
            Topics.DEAD_LETTERS),
        spec.commandLine().getOut());
    return 0;
  }
}
