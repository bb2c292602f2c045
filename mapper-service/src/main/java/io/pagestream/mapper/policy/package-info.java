/**
 * The cache policy: pure functions from the facts about a page and a request to a verdict.
 * Independent of Kafka.
 */
@NullMarked
package io.pagestream.mapper.policy;

import org.jspecify.annotations.NullMarked;
