package io.pagestream.command;

import io.pagestream.mapper.stage.MapperTopology;
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
      "All instances of the stage must be started with the same options."
    })
final class StageMapper implements Callable<Integer> {
  @Mixin private StageService service;
  @Mixin private MapperChoice choice;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    service.run(
        StageProducer.MAPPER,
        MapperTopology.service(service.cluster().prefix(), choice.options()),
        spec.commandLine().getOut());
    return 0;
  }
}
