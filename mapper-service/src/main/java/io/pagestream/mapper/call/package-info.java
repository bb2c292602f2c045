/**
 * Judges calls by which a driver would map or copy physical memory: a call as a whole, page by
 * page, and calls in sequence. Pure functions over facts about pages.
 */
@NullMarked
package io.pagestream.mapper.call;

import org.jspecify.annotations.NullMarked;
