package io.pagestream.benchmarks.throughput;

import java.util.Arrays;
import java.util.List;

/**
 * One pass of one case over the image.
 *
 * @param name the row that it belongs to
 * @param wallNanos time on the clock
 * @param cpuNanos user and system time of the process that does the work
 * @param brokerNanos user and system time of the broker's process in that time; 0 where the broker
 *     is in the same process
 */
record Pass(String name, long wallNanos, long cpuNanos, long brokerNanos) {
  private static final String MARK = "pass";

  /** As a line that {@link #parse} reads. */
  String line() {
    return String.join(
        "\t",
        List.of(
            MARK,
            name,
            Long.toString(wallNanos),
            Long.toString(cpuNanos),
            Long.toString(brokerNanos)));
  }

  /** Whether a line is one of ours. */
  static boolean isLine(String line) {
    return line.startsWith(MARK + '\t');
  }

  static Pass parse(String line) {
    String[] words = line.split("\t", -1);
    long[] numbers = Arrays.stream(words).skip(2).mapToLong(Long::parseLong).toArray();
    return new Pass(words[1], numbers[0], numbers[1], numbers[2]);
  }
}
