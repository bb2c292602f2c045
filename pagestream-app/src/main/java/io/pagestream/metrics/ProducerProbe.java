package io.pagestream.metrics;

/** The state of a producer, which ends by itself if it fails. */
public final class ProducerProbe implements Probe {
  private volatile boolean connected;

  /** The producer has connected to its cluster. */
  public void connected() {
    connected = true;
  }

  @Override
  public Answer health() {
    return new Answer(true, connected ? "streaming" : "waiting for the cluster");
  }

  @Override
  public Answer ready() {
    return new Answer(connected, connected ? "streaming" : "waiting for the cluster");
  }
}
