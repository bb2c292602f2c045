/** Results of SQL queries, written for a terminal or for another program. */
@NullMarked
package io.pagestream.cases.query;

import org.jspecify.annotations.NullMarked;
