package io.pagestream.metrics;

import java.util.Locale;

/** Answers whether a process is healthy and whether it is ready. */
public interface Probe {
  /** Whether the process works, or waits for something that may still come. */
  Answer health();

  /** Whether the process does its work now. */
  Answer ready();

  /**
   * An answer.
   *
   * @param yes whether it is
   * @param state the reason in a few words of letters, digits, commas and spaces
   */
  record Answer(boolean yes, String state) {
    /** As JSON. */
    String json(String stage) {
      return String.format(
          Locale.ROOT,
          "{\"status\":\"%s\",\"stage\":\"%s\",\"state\":\"%s\"}%n",
          yes ? "up" : "down",
          stage,
          state);
    }
  }
}
