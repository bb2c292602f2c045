package io.pagestream.cases.casefolder;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Information in a case folder about the job that created it.
 *
 * @param toolVersion Pagestream's version
 * @param commandLine the command and its arguments
 * @param started when the job began
 * @param ended when everything had been collected
 * @param settings effective settings, for example {@code run-pages}, {@code partitions}
 * @param notAnalysed images that could not be opened or streamed: the problem of each, with its
 *     file
 */
public record CaseFacts(
    String toolVersion,
    List<String> commandLine,
    Instant started,
    Instant ended,
    Map<String, String> settings,
    List<String> notAnalysed) {
  /** Copies its collections. */
  public CaseFacts {
    commandLine = List.copyOf(commandLine);
    settings = new TreeMap<>(settings);
    notAnalysed = List.copyOf(notAnalysed);
  }
}
