/**
 * The cache policy: pure functions from what is known of a page and what a reader asks for to a
 * verdict. Nothing here knows Kafka.
 */
@NullMarked
package io.pagestream.mapper.policy;

import org.jspecify.annotations.NullMarked;
