/** Answers to questions that people ask in SQL, written for a terminal or for another program. */
@NullMarked
package io.pagestream.cases.query;

import org.jspecify.annotations.NullMarked;
