/** The dialect's grammar: text in, trees with positions out. */
package io.hydrant.sql.kda.parse;
