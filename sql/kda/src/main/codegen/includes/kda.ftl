<#-- The statements and clauses that Kinesis Data Analytics has beside those of Calcite. -->

SqlCreate CreateStreamStatement(Span s, boolean replace) :
{
    final SqlIdentifier name;
    final SqlNodeList columns;
}
{
    <STREAM>
    name = CompoundIdentifier()
    columns = ColumnDeclarations()
    [ DescriptionOpt() ]
    {
        return new CreateStream(s.end(this), replace, name, columns);
    }
}

void DescriptionOpt() :
{
}
{
    <DESCRIPTION> StringLiteral()
}

SqlNodeList ColumnDeclarations() :
{
    final Span s;
    final List<SqlNode> columns = new ArrayList<SqlNode>();
    SqlNode column;
}
{
    <LPAREN> { s = span(); }
    column = ColumnDeclarationItem() { columns.add(column); }
    (
        <COMMA> column = ColumnDeclarationItem() { columns.add(column); }
    )*
    <RPAREN>
    {
        return new SqlNodeList(columns, s.end(this));
    }
}

SqlNode ColumnDeclarationItem() :
{
    final SqlIdentifier name;
    final SqlDataTypeSpec type;
    boolean nullable = true;
    final Span s;
}
{
    name = SimpleIdentifier() { s = span(); }
    type = DataType()
    [ <NOT> <NULL> { nullable = false; } ]
    {
        return new ColumnDeclaration(s.end(this), name, type, nullable);
    }
}

SqlCreate CreatePumpStatement(Span s, boolean replace) :
{
    final SqlIdentifier name;
    final SqlNode insert;
    boolean started = true;
}
{
    <PUMP>
    name = CompoundIdentifier()
    (
        ( <STOP> | <STOPPED> ) { started = false; }
    |
        ( <START> | <STARTED> ) { started = true; }
    |
        DescriptionOpt()
    )*
    <AS>
    insert = SqlInsert()
    {
        return new CreatePump(s.end(this), replace, name, insert, started);
    }
}

SqlCreate CreateViewStatement(Span s, boolean replace) :
{
    final SqlIdentifier name;
    final SqlNode query;
    SqlNodeList columns = SqlNodeList.EMPTY;
}
{
    <VIEW>
    name = CompoundIdentifier()
    [ columns = ParenthesizedSimpleIdentifierList() ]
    [ DescriptionOpt() ]
    <AS>
    query = OrderedQueryOrExpr(ExprContext.ACCEPT_QUERY)
    {
        return new CreateView(s.end(this), replace, name, columns, query);
    }
}

SqlCreate CreateSchemaStatement(Span s, boolean replace) :
{
    final SqlIdentifier name;
}
{
    <SCHEMA>
    name = CompoundIdentifier()
    [ DescriptionOpt() ]
    {
        return new CreateSchema(s.end(this), replace, name);
    }
}

SqlCreate CreateFunctionStatement(Span s, boolean replace) :
{
    final SqlIdentifier name;
    final List<SqlNode> parameters = new ArrayList<SqlNode>();
    SqlNode parameter;
    final SqlDataTypeSpec returns;
    final SqlNode body;
    boolean nullOnNull = false;
}
{
    <FUNCTION>
    name = CompoundIdentifier()
    <LPAREN>
    [
        parameter = ColumnDeclarationItem() { parameters.add(parameter); }
        (
            <COMMA> parameter = ColumnDeclarationItem() { parameters.add(parameter); }
        )*
    ]
    <RPAREN>
    <RETURNS> returns = DataType()
    (
        <LANGUAGE> <SQL>
    |
        <SPECIFIC> SimpleIdentifier()
    |
        [ <NOT> ] <DETERMINISTIC>
    |
        <CONTAINS> <SQL>
    |
        <READS> <SQL> <DATA>
    |
        <MODIFIES> <SQL> <DATA>
    |
        LOOKAHEAD(2) <RETURNS> <NULL> <ON> <NULL> <INPUT> { nullOnNull = true; }
    |
        <CALLED> <ON> <NULL> <INPUT>
    )*
    <RETURN>
    body = Expression(ExprContext.ACCEPT_SUB_QUERY)
    {
        return new CreateFunction(s.end(this), replace, name,
            new SqlNodeList(parameters, s.pos()), returns, body, nullOnNull);
    }
}

SqlNode AlterPumpStatement() :
{
    final Span s;
    final SqlIdentifier name;
    final boolean start;
}
{
    <ALTER> { s = span(); } <PUMP>
    name = CompoundIdentifier()
    (
        <START> { start = true; }
    |
        <STOP> { start = false; }
    )
    {
        return new AlterPump(s.end(this), name, start);
    }
}

SqlNode DropStatement() :
{
    final Span s;
    final SqlIdentifier name;
    final String kind;
}
{
    <DROP> { s = span(); }
    (
        <STREAM> { kind = "STREAM"; }
    |
        <PUMP> { kind = "PUMP"; }
    |
        <VIEW> { kind = "VIEW"; }
    |
        <FUNCTION> { kind = "FUNCTION"; }
    |
        <SCHEMA> { kind = "SCHEMA"; }
    )
    name = CompoundIdentifier()
    {
        return new DropObject(s.end(this), kind, name);
    }
}

<#-- Stands where GROUP BY stands; becomes a group by one call, STAGGER(range, keys...). -->
SqlNodeList StaggerClause() :
{
    final Span s, s1;
    SqlNodeList keys = SqlNodeList.EMPTY;
    final SqlNode range;
}
{
    <WINDOWED> { s = span(); } <BY> <STAGGER>
    <LPAREN>
    [
        <PARTITION> { s1 = span(); } <BY>
        keys = ExpressionCommaList(s1, ExprContext.ACCEPT_NON_QUERY)
    ]
    <RANGE> range = Expression(ExprContext.ACCEPT_NON_QUERY)
    [ <PRECEDING> ]
    <RPAREN>
    {
        final List<SqlNode> operands = new ArrayList<SqlNode>();
        operands.add(range);
        operands.addAll(keys);
        final SqlNode call = KdaOperators.STAGGER.createCall(s.end(this), operands);
        return new SqlNodeList(ImmutableList.of(call), call.getParserPosition());
    }
}

<#-- The rows of a stream that a join considers: FROM s OVER (RANGE INTERVAL '1' MINUTE PRECEDING), or OVER a named window. -->
SqlNode WindowOfTableOpt() :
{
    SqlNode window = null;
}
{
    [
        <OVER>
        (
            window = SimpleIdentifier()
        |
            window = WindowSpecification()
        )
    ]
    {
        return window;
    }
}

<#-- ORDER BY event_time WITHIN INTERVAL '5' SECOND: the time, and how much later than others its rows come. -->
SqlNode SortedWithin(SqlNode time) :
{
    final SqlNode interval;
}
{
    <WITHIN> interval = IntervalLiteral()
    {
        return KdaOperators.WITHIN.createCall(getPos(), time, interval);
    }
}

SqlNode StepCall() :
{
    final Span s;
    final List<SqlNode> operands = new ArrayList<SqlNode>();
}
{
    <STEP> { s = span(); }
    <LPAREN>
    AddExpression(operands, ExprContext.ACCEPT_SUB_QUERY)
    (
        <BY>
    |
        <COMMA>
    )
    AddExpression(operands, ExprContext.ACCEPT_SUB_QUERY)
    <RPAREN>
    {
        return KdaOperators.STEP.createCall(s.end(this), operands);
    }
}

<#-- NTH_VALUE(x, n) FROM LAST becomes a call with a third operand, TRUE. -->
SqlCall FromFirstOrLast(SqlCall call) :
{
    boolean last = false;
}
{
    <FROM> ( <FIRST> | <LAST> { last = true; } )
    {
        if (!last) {
            return call;
        }
        final List<SqlNode> operands = new ArrayList<SqlNode>(call.getOperandList());
        operands.add(SqlLiteral.createBoolean(true, getPos()));
        return call.getOperator().createCall(call.getParserPosition(), operands);
    }
}

SqlBinaryOperator PeriodOperator() :
{
}
{
    <LEADS> { return KdaOperators.LEADS; }
|   <LAGS> { return KdaOperators.LAGS; }
|   LOOKAHEAD(2) <IMMEDIATELY> <PRECEDES> { return SqlStdOperatorTable.IMMEDIATELY_PRECEDES; }
|   LOOKAHEAD(2) <IMMEDIATELY> <SUCCEEDS> { return SqlStdOperatorTable.IMMEDIATELY_SUCCEEDS; }
|   LOOKAHEAD(2) <IMMEDIATELY> <LEADS> { return KdaOperators.IMMEDIATELY_LEADS; }
|   <IMMEDIATELY> <LAGS> { return KdaOperators.IMMEDIATELY_LAGS; }
|   LOOKAHEAD(2) <STRICTLY> <CONTAINS> { return KdaOperators.STRICTLY_CONTAINS; }
|   LOOKAHEAD(2) <STRICTLY> <OVERLAPS> { return KdaOperators.STRICTLY_OVERLAPS; }
|   LOOKAHEAD(2) <STRICTLY> <PRECEDES> { return KdaOperators.STRICTLY_PRECEDES; }
|   LOOKAHEAD(2) <STRICTLY> <SUCCEEDS> { return KdaOperators.STRICTLY_SUCCEEDS; }
|   LOOKAHEAD(2) <STRICTLY> <LEADS> { return KdaOperators.STRICTLY_LEADS; }
|   <STRICTLY> <LAGS> { return KdaOperators.STRICTLY_LAGS; }
}
