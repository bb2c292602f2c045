package io.pagestream.producer.stream;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Takes the records that the producer reads and that cannot be genuine: others may write too. */
@FunctionalInterface
interface RejectedRecord {
  /**
   * Rejects a record.
   *
   * @param why the problem, one line
   */
  void reject(ConsumerRecord<byte[], byte[]> record, String why);
}
