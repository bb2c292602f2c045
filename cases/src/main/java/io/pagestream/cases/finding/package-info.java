/** The columns of findings, from which every file, table and response is derived. */
@NullMarked
package io.pagestream.cases.finding;

import org.jspecify.annotations.NullMarked;
