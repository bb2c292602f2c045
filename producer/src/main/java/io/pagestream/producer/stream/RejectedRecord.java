package io.pagestream.producer.stream;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Receives invalid records that the producer reads: other clients may write to the topics. */
@FunctionalInterface
interface RejectedRecord {
  /**
   * Rejects a record.
   *
   * @param why the problem, one line
   */
  void reject(ConsumerRecord<byte[], byte[]> record, String why);
}
