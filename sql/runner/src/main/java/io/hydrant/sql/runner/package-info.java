/**
 * The job that runs SQL scripts: {@code flink run hydrant-sql.jar --script questions.sql}.
 *
 * <pre>
 *   SqlArguments ─> ScriptFile ─> ScriptVariables ─> StatementReader ─┐ one statement after the other
 *                                                                     └─> ScriptRun ─> JobStatements ─> Flink
 *                                                                              └─> PlanStore (--plan)
 * </pre>
 */
package io.hydrant.sql.runner;
